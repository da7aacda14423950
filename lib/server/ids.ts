import { randomBytes } from "node:crypto";
import { idFromBytes } from "@/lib/domain/ids";

/** A new random id with 100 bits from the system's generator, e.g. `newId("agt")`. */
export function newId(prefix: string): string {
  return idFromBytes(prefix, randomBytes(20));
}
