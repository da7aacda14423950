/** The header in which proxy.ts tells which page was asked for; it overwrites whatever a client sent. */
export const PATH_HEADER = "x-countersign-path";
