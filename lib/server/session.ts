import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { can, type Permission } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { safeNextPath } from "@/lib/domain/identity/next-path";
import type { SignInMethod } from "@/lib/domain/identity/session";
import type { Ctx } from "./context";
import { env } from "./env";
import { checkSession, type LiveSession, type SignedInPerson } from "./identity/check-session";
import { sessionCookie } from "./identity/relying-party";
import { PATH_HEADER } from "./session-header";

/** The signed-in person at this request: what verbs and queries take as their Ctx. */
export type SessionCtx = Ctx & {
  readonly person: SignedInPerson;
  readonly sessionId: string;
  readonly method: SignInMethod;
  /** IANA zone in which this person reads times */
  readonly timeZone: string;
};

/**
 * The live session of this request, whatever kind it is, or null. The cookie only names the session: whether it lives is
 * asked of the database at every request.
 */
const readSession = cache(async (background: boolean): Promise<LiveSession | null> => {
  const jar = await cookies();
  const token = jar.get(sessionCookie().name)?.value;
  if (token === undefined || token.length > 4096) return null;
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  const sessionId = claims?.["sid"];
  if (typeof sessionId !== "string") return null;
  return checkSession(sessionId, new Date(), { background });
});

/** The signed-in person, or null. For pages that anyone may see, and for API routes that answer 401 themselves. */
export async function currentSession(
  options: {
    /** true for what a page asks by itself (live updates): does not keep an idle session alive */
    readonly background?: boolean;
  } = {},
): Promise<SessionCtx | null> {
  const session = await readSession(options.background ?? false);
  if (session === null || session.method === "temporary") return null;
  return toCtx(session);
}

/** A session that was opened with a temporary password and may only set a new one; null for any other. */
export async function temporarySession(): Promise<SessionCtx | null> {
  const session = await readSession(false);
  return session?.method === "temporary" ? toCtx(session) : null;
}

/** The signed-in person. Anyone else is sent to sign in (or to set a new password) and comes back to this page afterwards. */
export async function requireCtx(): Promise<SessionCtx> {
  const session = await readSession(false);
  if (session?.method === "temporary") redirect("/new-password");
  if (session === null) {
    const path = safeNextPath((await headers()).get(PATH_HEADER));
    redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
  }
  return toCtx(session);
}

/** The signed-in person if one of their roles holds `permission`; otherwise the 403 page. For pages. */
export async function requirePermission(permission: Permission): Promise<SessionCtx> {
  const ctx = await requireCtx();
  if (!can(ctx.actor, permission)) forbidden();
  return ctx;
}

/** For API routes: the signed-in person with `permission`. Throws AppError("unauthenticated" | "forbidden"). */
export async function requireApiCtx(
  permission: Permission,
  options: { readonly background?: boolean } = {},
): Promise<SessionCtx> {
  const ctx = await currentSession(options);
  if (ctx === null) throw new AppError("unauthenticated", "sign in first");
  if (!can(ctx.actor, permission)) {
    throw new AppError("forbidden", `your roles do not include \`${permission}\``);
  }
  return ctx;
}

function toCtx(session: LiveSession): SessionCtx {
  const { person } = session;
  return {
    actor: { id: person.id, roles: person.roles },
    now: new Date(),
    person,
    sessionId: session.sessionId,
    method: session.method,
    timeZone: person.timeZone,
  };
}
