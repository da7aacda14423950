/**
 * The path to go to after sign-in, or "/" where the wish is not a plain path of this site. The adversary sends
 * `//evil.example`, `/\evil.example`, `/%09/evil.example`, or a link back to an API or to sign-in itself.
 */
export function safeNextPath(raw: unknown): string {
  if (typeof raw !== "string" || raw.length > 2000) return "/";
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(raw)) return "/";
  let url: URL;
  try {
    url = new URL(raw, "https://here.invalid");
  } catch {
    return "/";
  }
  if (url.origin !== "https://here.invalid" || url.pathname.startsWith("//")) return "/";
  if (/^\/(api|sign-in|new-password|_next)(\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search;
}
