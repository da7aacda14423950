"use client";

import { ErrorPage } from "@/components/layout/error-page";
import "./globals.css";

/** Replaces the root layout when that itself fails. */
export default function GlobalError({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry: () => void;
}) {
  return (
    <html lang="en-GB">
      <body className="font-sans">
        <title>Something went wrong · Countersign</title>
        <main>
          <ErrorPage error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
