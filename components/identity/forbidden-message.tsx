"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";
import { pagePermission } from "@/lib/domain/identity/page-permission";
import { rolesFor } from "@/lib/domain/identity/role-words";

/** Says which role this page needs; reads the address, because Next gives a 403 page nothing else. */
export function ForbiddenMessage() {
  const permission = pagePermission(usePathname());
  return (
    <MessagePage
      code="403"
      title="Your roles do not open this page"
      actions={
        <>
          <Button asChild>
            <Link href="/">Go to Today</Link>
          </Button>
          <Button asChild variant="outline">
            <Link href="/settings">See my roles</Link>
          </Button>
        </>
      }
    >
      {permission ? (
        <p>
          It needs the role <strong className="text-foreground">{rolesFor(permission)}</strong>{" "}
          (permission <code className="font-mono text-foreground">{permission}</code>).
        </p>
      ) : null}
      <p>An administrator can give a role; the change takes effect at your next click.</p>
    </MessagePage>
  );
}
