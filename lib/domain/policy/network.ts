/** The network boundary of a manifest. */
export type CompiledNetwork = {
  /** Is the destination (host:port) inside? */
  readonly allows: (destination: string) => boolean;
  readonly text: string;
};

/**
 * Compile `host:port` entries. `*.bank.example:443` means every host below `bank.example`, at any depth, but not
 * `bank.example` itself. An empty list allows no destination.
 */
export function compileNetwork(entries: readonly string[]): CompiledNetwork {
  const exact = new Set(entries.filter((entry) => !entry.startsWith("*.")));
  const below = entries.filter((entry) => entry.startsWith("*.")).map((entry) => entry.slice(1));
  return {
    allows: (destination) =>
      exact.has(destination) ||
      below.some((suffix) => destination.length > suffix.length && destination.endsWith(suffix)),
    text: entries.length === 0 ? "no network destination" : entries.join(", "),
  };
}
