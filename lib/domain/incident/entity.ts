/** What kind of financial entity reports: some may not wait for the next working day (RTS (EU) 2025/301, Article 5(5) and (6)). */
export const ENTITY_TYPES = [
  "credit-institution",
  "central-counterparty",
  "trading-venue",
  "nis2-entity",
  "authority-excluded",
  "other",
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export const ENTITY_WORDS: Readonly<Record<EntityType, string>> = {
  "credit-institution": "Credit institution",
  "central-counterparty": "Central counterparty",
  "trading-venue": "Operator of a trading venue",
  "nis2-entity": "Essential or important entity under NIS2",
  "authority-excluded": "Excluded from the weekend rule by its authority",
  other: "Other financial entity",
};

/** An unknown word counts as one that gets no relief. */
export function asEntityType(value: string): EntityType {
  return ENTITY_TYPES.find((type) => type === value) ?? "credit-institution";
}

/** May this entity file by noon of the next working day where a limit ends on a weekend or bank holiday? */
export function hasWeekendRelief(
  entity: EntityType,
  report: "initial" | "intermediate" | "final",
): boolean {
  return entity === "other" || report === "final";
}
