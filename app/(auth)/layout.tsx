import type { ReactNode } from "react";
import { Wordmark } from "@/components/layout/wordmark";

export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-4 py-6 sm:px-6 sm:py-10">
      <header className="mb-8 sm:mb-14">
        <Wordmark />
      </header>
      <main className="flex-1">{children}</main>
      <footer className="mt-10 text-[13px] text-muted-foreground">
        Every approval, review and stop is recorded under the name of the person who did it.
      </footer>
    </div>
  );
}
