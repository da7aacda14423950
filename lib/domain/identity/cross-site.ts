/** What a browser says of where a request comes from (Fetch Metadata; RFC 6454), and where it went. */
export type Provenance = {
  readonly method: string;
  /** `Sec-Fetch-Site`; browsers send it, pages can't forge it */
  readonly site: string | null;
  /** `Origin` */
  readonly origin: string | null;
  /** this site's origin as people reach it */
  readonly own: string;
};

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Does somebody else's page make this browser change something here? A cookie with SameSite=Lax still comes along from
 * other ports and sub-domains of the same site. What says nothing of where it comes from is no browser's request, and
 * carries no cookie unless whoever sends it put it there.
 */
export function isCrossSite({ method, site, origin, own }: Provenance): boolean {
  if (SAFE.has(method.toUpperCase())) return false;
  if (site !== null) return site !== "same-origin" && site !== "none";
  return origin !== null && origin !== own;
}
