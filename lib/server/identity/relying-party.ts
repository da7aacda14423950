import { env } from "../env";

/** Who asks for a passkey (WebAuthn Level 3 §5.4.2): this site, as people reach it. */
export function relyingParty(): {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
} {
  const url = new URL(env().NEXTAUTH_URL);
  return { id: url.hostname, name: "Countersign", origin: url.origin };
}

/** Name of the cookie that carries the session; `__Secure-` (RFC 6265bis §4.1.3.1) wherever the site is served over TLS. */
export function sessionCookie(): { readonly name: string; readonly secure: boolean } {
  const secure = new URL(env().NEXTAUTH_URL).protocol === "https:";
  return { name: `${secure ? "__Secure-" : ""}countersign.session`, secure };
}
