"use client";

import { ErrorPage } from "@/components/layout/error-page";

export default function ConsoleError({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry: () => void;
}) {
  return <ErrorPage error={error} retry={retry} />;
}
