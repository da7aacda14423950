import type { Metadata } from "next";
import { PasskeyList } from "@/components/identity/passkey-list";
import { PasswordForm } from "@/components/identity/password-form";
import { ProfileForm } from "@/components/identity/profile-form";
import { RoleBadges } from "@/components/identity/role-badges";
import { SessionList } from "@/components/identity/session-list";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { ROLE_WORDS } from "@/lib/domain/identity/role-words";
import { ownAccess } from "@/lib/server/identity/queries";
import { timeZones } from "@/lib/server/identity/time-zones";
import { requirePermission } from "@/lib/server/session";
import {
  addPasskey,
  beginPasskey,
  dropPasskey,
  endOtherSessions,
  endSession,
  namePasskey,
  savePassword,
  saveProfile,
} from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await requirePermission("self:manage");
  const access = await ownAccess(ctx);
  const { person } = ctx;
  return (
    <>
      <PageHeader title="Settings" description="Who you are here, and how you prove it." />
      <div className="grid max-w-4xl gap-5">
        <Card>
          <CardHeader>
            <CardTitle>Profile</CardTitle>
            <CardDescription>
              Your name stands beside what you approve. A change of it is recorded.
            </CardDescription>
          </CardHeader>
          <CardContent>
            <ProfileForm
              name={person.name}
              title={person.title}
              email={person.email}
              timeZone={person.timeZone}
              zones={timeZones()}
              save={saveProfile}
            />
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Your roles</CardTitle>
            <CardDescription>An administrator gives and takes them.</CardDescription>
          </CardHeader>
          <CardContent className="grid gap-2.5">
            {person.roles.length === 0 ? <RoleBadges roles={person.roles} /> : null}
            {person.roles.map((role) => (
              <div key={role} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <RoleBadges roles={[role]} />
                <span className="text-[13px] text-muted-foreground">
                  {ROLE_WORDS[role].purpose}
                </span>
              </div>
            ))}
          </CardContent>
        </Card>
        <PasskeyList
          passkeys={access.passkeys}
          begin={beginPasskey}
          add={addPasskey}
          rename={namePasskey}
          remove={dropPasskey}
        />
        <Card>
          <CardHeader>
            <CardTitle>Password</CardTitle>
            <CardDescription>
              {access.hasPassword
                ? "When you change it, your other sessions end."
                : "You have none yet."}
            </CardDescription>
          </CardHeader>
          <CardContent>
            <PasswordForm
              email={person.email}
              hasPassword={access.hasPassword}
              save={savePassword}
            />
          </CardContent>
        </Card>
        <SessionList
          sessions={access.sessions}
          currentId={ctx.sessionId}
          end={endSession}
          endOthers={endOtherSessions}
        />
      </div>
    </>
  );
}
