import type { AuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { AppError } from "@/lib/domain/errors";
import { SESSION_MAX_SECONDS } from "@/lib/domain/identity/session";
import { env } from "../env";
import { log } from "../log";
import { checkSession } from "./check-session";
import { closeSession } from "./open-session";
import { sessionCookie } from "./relying-party";
import {
  type Knock,
  type SignedIn,
  signInAsDemo,
  signInWithPasskey,
  signInWithPassword,
} from "./sign-in";

type Headers = Readonly<Record<string, unknown>>;

/**
 * Who knocks. The address is the last one in X-Forwarded-For: the nearest proxy's word, not the client's. Without a proxy
 * Next writes the socket's address there only where the client sent none, so the account's own throttle has to hold alone.
 */
function knockOf(headers: Headers | undefined): Knock {
  const forwarded = headers?.["x-forwarded-for"];
  const agent = headers?.["user-agent"];
  const address =
    typeof forwarded === "string" ? forwarded.split(",").at(-1)?.trim().slice(0, 64) : undefined;
  return {
    address: address || null,
    userAgent: typeof agent === "string" ? agent : "",
    now: new Date(),
  };
}

/** The sentence of a foreseen failure goes to the sign-in page; a surprise is logged and says nothing about itself. */
async function toUser(work: Promise<SignedIn>): Promise<User> {
  const result = await work.catch((error: unknown) => {
    if (error instanceof AppError) return error;
    log.error({ err: error }, "sign-in failed");
    return new AppError("unavailable", "sign-in is not possible at the moment");
  });
  // next-auth passes on nothing but the message.
  if (result instanceof AppError) throw new Error(result.message);
  const user = { id: result.personId, sid: result.sessionId };
  return user;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}

function providers(): AuthOptions["providers"] {
  const list = [
    Credentials({
      id: "password",
      name: "Password",
      credentials: { email: {}, password: {} },
      authorize: (given, request) => toUser(signInWithPassword(given, knockOf(request.headers))),
    }),
    Credentials({
      id: "passkey",
      name: "Passkey",
      credentials: { response: {} },
      authorize: (given, request) =>
        toUser(signInWithPasskey({ response: parsed(given?.response) }, knockOf(request.headers))),
    }),
  ];
  if (env().COUNTERSIGN_DEMO !== "1") return list;
  return [
    ...list,
    Credentials({
      id: "demo",
      name: "Demo",
      credentials: { personId: {} },
      authorize: (given, request) => toUser(signInAsDemo(given, knockOf(request.headers))),
    }),
  ];
}

/** next-auth carries the session's id in an encrypted cookie; whether the session lives is asked of the database. */
export function authOptions(): AuthOptions {
  const cookie = sessionCookie();
  return {
    secret: env().NEXTAUTH_SECRET,
    providers: providers(),
    session: { strategy: "jwt", maxAge: SESSION_MAX_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    useSecureCookies: cookie.secure,
    cookies: {
      sessionToken: {
        name: cookie.name,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: cookie.secure },
      },
    },
    callbacks: {
      async jwt({ token, user }) {
        // `user` is there only at the moment of sign-in.
        if (user !== undefined && "sid" in user) return { sub: user.id, sid: user.sid };
        const sid = token["sid"];
        const live =
          typeof sid === "string"
            ? await checkSession(sid, new Date(), { background: true })
            : null;
        // Throwing makes next-auth answer with no session and take the cookie away.
        if (live === null) throw new Error("the session has ended");
        return token;
      },
      session: ({ session }) => ({ expires: session.expires, user: {} }),
      redirect: ({ url, baseUrl }) => (url.startsWith(`${baseUrl}/`) ? url : baseUrl),
    },
    events: {
      async signOut({ token }) {
        const sid = token?.["sid"];
        if (typeof sid === "string") await closeSession(sid, new Date());
      },
    },
    logger: {
      error: (code) => log.info({ code }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}
