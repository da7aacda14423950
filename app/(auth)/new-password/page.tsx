import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewPasswordForm } from "@/components/identity/new-password-form";
import { temporarySession } from "@/lib/server/session";
import { setNewPassword } from "./actions";

export const metadata: Metadata = { title: "Choose a password" };

export default async function NewPasswordPage() {
  const ctx = await temporarySession();
  if (ctx === null) redirect("/");
  return (
    <section aria-labelledby="new-password" className="grid max-w-sm content-start gap-5">
      <div className="grid gap-1">
        <h1 id="new-password" className="text-2xl font-semibold tracking-tight">
          Choose a password
        </h1>
        <p className="text-muted-foreground">
          {ctx.person.name}, you signed in with a temporary password. Choose your own to go on.
        </p>
      </div>
      <NewPasswordForm email={ctx.person.email} action={setNewPassword} />
    </section>
  );
}
