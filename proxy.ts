import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { decode } from "next-auth/jwt";
import { isCrossSite } from "@/lib/domain/identity/cross-site";
import { safeNextPath } from "@/lib/domain/identity/next-path";
import { env } from "@/lib/server/env";
import { relyingParty, sessionCookie } from "@/lib/server/identity/relying-party";
import { PATH_HEADER } from "@/lib/server/session-header";

/** What anyone may fetch. Everything else needs a cookie that we signed, and asks the database itself whether it lives. */
const PUBLIC = [
  "/sign-in",
  "/api/auth",
  "/api/health",
  "/schemas",
  "/tlog",
  "/.well-known",
  "/icon.svg",
];

function isPublic(path: string): boolean {
  return PUBLIC.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** Scripts only with this answer's nonce. Styles may be inline: the component and chart libraries place elements so. */
function contentSecurityPolicy(nonce: string, secure: boolean): string {
  const development = env().NODE_ENV === "development";
  return [
    "default-src 'self'",
    // React's development build evaluates code to show server stacks in the browser.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

async function hasSignedCookie(request: NextRequest, name: string): Promise<boolean> {
  const token = request.cookies.get(name)?.value;
  if (token === undefined || token.length > 4096) return false;
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  return typeof claims?.["sid"] === "string";
}

function refuse(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const next = safeNextPath(pathname + search);
  const signIn = next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
  if (request.headers.has("next-action")) {
    // A form of a page that was left open: the client's router goes where this header says.
    return new NextResponse("Sign in first", {
      status: 401,
      headers: { "x-action-redirect": `${signIn};push`, "Content-Type": "text/plain" },
    });
  }
  if (pathname.startsWith("/api/") || !["GET", "HEAD"].includes(request.method)) {
    return problem(401, "Unauthorized", "sign in first");
  }
  return NextResponse.redirect(new URL(signIn, request.url), 303);
}

/** RFC 9457. */
function problem(status: number, title: string, detail: string): NextResponse {
  return NextResponse.json(
    { type: "about:blank", title, status, detail },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}

/** The gate before every page, action and route. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { method, headers: sent } = request;
  const from = { site: sent.get("sec-fetch-site"), origin: sent.get("origin") };
  if (isCrossSite({ method, ...from, own: relyingParty().origin })) {
    return problem(403, "Forbidden", "this came from another site");
  }
  const cookie = sessionCookie();
  const { pathname, search } = request.nextUrl;
  if (!isPublic(pathname) && !(await hasSignedCookie(request, cookie.name))) return refuse(request);

  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, cookie.secure);
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set(PATH_HEADER, pathname + search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (!isPublic(pathname)) response.headers.set("Cache-Control", "private, no-store");
  return response;
}

// Nothing under /_next is a page: scripts, styles, fonts, and in development the socket that reloads them.
export const config = { matcher: ["/((?!_next/).*)"] };
