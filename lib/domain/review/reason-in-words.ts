import { z } from "zod";

/** Fewest and most characters of a reason that a person gives. */
export const REASON_MIN = 10;
export const REASON_MAX = 2000;

// Control, bidirectional and zero-width characters could make a reason read otherwise than it was written.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Why a person did something, in their own words. Lines are allowed, invisible characters are not. */
export const ReasonInWords = z
  .string()
  .trim()
  .transform((words) => words.replaceAll("\r\n", "\n").normalize("NFC"))
  .pipe(
    z
      .string()
      .min(REASON_MIN, `give your reason in words: at least ${REASON_MIN} characters`)
      .max(REASON_MAX, `at most ${REASON_MAX} characters`)
      .refine(
        (words) => !UNSEEN.test(words.replaceAll("\n", " ")),
        "contains invisible or control characters",
      ),
  );
