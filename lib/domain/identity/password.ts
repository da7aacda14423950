import { z } from "zod";

export const PASSWORD_MIN = 12;
/** Characters that must remain of a password beside names and common words. */
const GUESSED_REST_MIN = 8;
/** Longer input would only burn the server's time. */
export const PASSWORD_MAX = 128;

/** A password as typed to prove oneself: any text, bounded. */
export const TypedPassword = z.string().min(1, "type your password").max(PASSWORD_MAX, "too long");

const COMMON = [
  "password",
  "passw0rd",
  "letmein",
  "welcome",
  "qwertyuiop",
  "administrator",
  "changeme",
  "iloveyou",
  "countersign",
  "123456789",
  "abcdefgh",
];

/**
 * What is wrong with a new password, or null. Length rather than mixed signs (NIST SP 800-63B §5.1.1.2): at least 12
 * characters, not built on a well-known one, on the person's own name or address, or on one sign repeated.
 */
export function passwordProblem(
  password: string,
  person: { readonly name: string; readonly email: string },
): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return `use at least ${PASSWORD_MIN} characters`;
  if (password.length > PASSWORD_MAX) return `use at most ${PASSWORD_MAX} characters`;
  if (new Set(password.toLowerCase()).size < 5) return "use more different characters";
  const bare = password.toLowerCase().replace(/[^a-z0-9]/g, "");
  const own = [...person.name.toLowerCase().split(/\s+/), person.email.toLowerCase().split("@")[0]]
    .filter((word) => word !== undefined)
    .map((word) => word.replace(/[^a-z0-9]/g, ""))
    .filter((word) => word.length >= 4);
  // Without every word that a guesser tries first, enough must remain.
  const rest = [...COMMON, ...own].reduce((left, word) => left.replaceAll(word, ""), bare);
  if (rest.length < bare.length && rest.length < GUESSED_REST_MIN) {
    return "this is easy to guess: don't build it on a name or a common password";
  }
  return null;
}
