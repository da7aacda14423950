/** Does one entry of a network boundary (`host:port`, `*.host:port`) cover everything that the other one covers? */
export function hostCovers(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (!wide.startsWith("*.")) return false;
  // "*.bank.example:443" ends every subdomain with ".bank.example:443"; the domain itself is not one.
  const suffix = wide.slice(1);
  const name = narrow.startsWith("*.") ? narrow.slice(1) : narrow;
  return name.endsWith(suffix) && (narrow.startsWith("*.") || name.length > suffix.length);
}
