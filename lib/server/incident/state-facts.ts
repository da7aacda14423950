import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { ENTITY_TYPES } from "@/lib/domain/incident/entity";
import { command } from "../command";
import { IncidentId, Instant, Version, words } from "./input";
import { incidentToWorkOn, of } from "./load";
import { notLater } from "./not-later";

function isTimeZone(zone: string): boolean {
  return Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC";
}

/**
 * States when it happened, was detected, and came to a person's awareness (with the basis: clocks start from it), and who
 * reports. Throws AppError("forbidden" | "conflict" | "stale" | "invalid" | "not-found").
 */
export const stateFacts = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    version: Version,
    occurredAt: Instant.nullable(),
    detectedAt: Instant,
    awareAt: Instant.nullable(),
    awareBasis: words(0, 1000),
    entityType: z.enum(ENTITY_TYPES),
    timeZone: z.string().max(64).refine(isTimeZone, "an IANA time zone such as Europe/Dublin"),
    holidays: z.array(z.iso.date("a day such as 2026-12-25")).max(60),
  }),
  async run(tx, { ctx, input }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    const { incidentId, version, holidays, ...facts } = input;
    for (const path of ["occurredAt", "detectedAt", "awareAt"] as const) {
      notLater(path, facts[path], ctx.now);
    }
    if (facts.awareAt !== null && facts.awareBasis.length < 10) {
      const message = "say on what basis, in at least 10 characters";
      throw new AppError("invalid", message, { fields: [{ path: "awareBasis", message }] });
    }
    const next = { ...facts, holidays: [...new Set(holidays)].sort() };
    const fields = changed(incident, next);
    if (fields.length === 0) throw new AppError("conflict", "nothing has changed");
    await tx.incident.update({
      where: { id: incidentId },
      data: { ...next, version: version + 1 },
    });
    const detail = {
      reason: facts.awareBasis,
      occurredAt: facts.occurredAt?.toISOString() ?? null,
      detectedAt: facts.detectedAt.toISOString(),
      awareAt: facts.awareAt?.toISOString() ?? null,
      entityType: facts.entityType,
      timeZone: facts.timeZone,
      holidays: next.holidays,
    };
    return {
      value: { incidentId },
      events: [{ event: { kind: "incident.facts-stated", ...of(incident), fields }, detail }],
    };
  },
});

const FIELDS = {
  occurredAt: "occurred",
  detectedAt: "detected",
  awareAt: "aware",
  awareBasis: "aware-basis",
  entityType: "entity-type",
  timeZone: "time-zone",
  holidays: "holidays",
} as const;

type Facts = Readonly<Record<keyof typeof FIELDS, unknown>>;

function changed(before: Facts, after: Facts): string[] {
  return Object.entries(FIELDS).flatMap(([field, code]) =>
    JSON.stringify(before[field as keyof Facts]) === JSON.stringify(after[field as keyof Facts])
      ? []
      : [code],
  );
}
