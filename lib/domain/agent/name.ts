import { z } from "zod";
import { hasUnseen } from "./prose";

const LATIN = /\p{Script=Latin}/u;
const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

export const AGENT_NAME_MAX = 120;

/** An agent's name: what is seen is what is there. Runs of white space become one space. */
export const AgentName = z
  .string()
  .max(1000, "is too long")
  .refine((value) => !hasUnseen(value), "contains invisible or control characters")
  .transform((value) => value.normalize("NFC").replaceAll(/\s+/gu, " ").trim())
  .pipe(
    z
      .string()
      .min(1, "give the agent a name")
      .max(AGENT_NAME_MAX, `at most ${AGENT_NAME_MAX} characters`)
      .regex(/[\p{L}\p{N}]/u, "must have a letter or a digit")
      .refine(
        (value) => !(LATIN.test(value) && LOOK_ALIKE.test(value)),
        "mixes alphabets whose letters look alike",
      ),
  );

/** Two names with the same key read the same to a person: NFKC, without case, white space collapsed. */
export function nameKey(name: string): string {
  // Twice, since a fold can leave what the other normalisation would still join.
  const folded = (text: string): string =>
    text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
  return folded(folded(name)).replaceAll(/\s+/gu, " ").trim();
}
