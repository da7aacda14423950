import { z } from "zod";

export const IncidentId = z.string().max(64);
export const Version = z.number().int().positive();

/** An instant that has passed; `now` is the verb's to compare. */
export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

// Control, bidirectional and zero-width characters could make words read otherwise than they were written.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Words that stay: lines are allowed, invisible characters are not. */
export const words = (min: number, max: number) =>
  z
    .string()
    .trim()
    .transform((text) => text.replaceAll("\r\n", "\n").normalize("NFC"))
    .pipe(
      z
        .string()
        .min(min, min === 1 ? "is missing" : `at least ${min} characters`)
        .max(max, `at most ${max} characters`)
        .refine(
          (text) => !UNSEEN.test(text.replaceAll("\n", " ")),
          "contains invisible characters",
        ),
    );
