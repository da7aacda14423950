import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DemoPeople } from "@/components/identity/demo-people";
import { SignInForm } from "@/components/identity/sign-in-form";
import { safeNextPath } from "@/lib/domain/identity/next-path";
import { demoPeople } from "@/lib/server/identity/queries";
import { currentSession, temporarySession } from "@/lib/server/session";
import { beginPasskeySignInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const next = safeNextPath((await searchParams)["next"]);
  if ((await currentSession()) !== null) redirect(next);
  if ((await temporarySession()) !== null) redirect("/new-password");
  const people = await demoPeople();

  return (
    <div
      className={
        people.length > 0
          ? "grid gap-10 lg:grid-cols-[22rem_minmax(0,1fr)] lg:gap-16"
          : "mx-auto max-w-[22rem]"
      }
    >
      <section aria-labelledby="sign-in" className="grid content-start gap-5">
        <div className="grid gap-1">
          <h1 id="sign-in" className="text-2xl font-semibold tracking-tight">
            Sign in
          </h1>
          <p className="text-muted-foreground">Named humans answerable for autonomous AI agents.</p>
        </div>
        <SignInForm next={next} beginPasskey={beginPasskeySignInAction} />
      </section>
      {people.length > 0 ? <DemoPeople people={people} next={next} /> : null}
    </div>
  );
}
