"use client";

import { ErrorPage } from "@/components/layout/error-page";

export default function RootError({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry: () => void;
}) {
  return (
    <main>
      <ErrorPage error={error} retry={retry} />
    </main>
  );
}
