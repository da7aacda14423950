import { z } from "zod";
import { type EntryBody, LedgerEvent } from "./event";

const Envelope = z.looseObject({
  v: z.literal(1),
  at: z.iso.datetime(),
  personId: z.string().nullable(),
  commitment: z.string().nullable(),
});

/** Read an entry's canonical text; null where it is not the body of an entry (only tampering makes it so). */
export function parseBody(canonical: string): EntryBody | null {
  let value: unknown;
  try {
    value = JSON.parse(canonical);
  } catch {
    return null;
  }
  const envelope = Envelope.safeParse(value);
  if (!envelope.success) return null;
  const { v, at, personId, commitment, ...rest } = envelope.data;
  const event = LedgerEvent.safeParse(rest);
  return event.success ? { ...event.data, v, at, personId, commitment } : null;
}
