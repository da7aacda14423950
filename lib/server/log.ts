import pino from "pino";
import { env } from "./env";

/** The one logger: JSON lines, no personal data, no secret. Pass ids and codes, never names, words or tokens. */
export const log = pino({
  level: env().LOG_LEVEL,
  redact: ["*.password", "*.token", "*.authorization", "*.cookie", "*.secret"],
});
