import { z } from "zod";

const Port = z.coerce.number().int().min(0).max(65_535);

const Env = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: z.string().min(1),
  /** signs the session cookie */
  NEXTAUTH_SECRET: z.string().min(32),
  /** the address of the web application, as people reach it */
  NEXTAUTH_URL: z.url().default("http://localhost:3000"),
  /** the address of the gateway, as agents reach it: also the token's issuer and what a proof's `htu` must say */
  COUNTERSIGN_GATEWAY_URL: z.url().default("http://localhost:3001"),
  WEB_PORT: Port.default(3000),
  GATEWAY_PORT: Port.default(3001),
  /** the address to listen at; all of them where it is not given */
  COUNTERSIGN_LISTEN: z.string().min(1).optional(),
  /** Ed25519 private keys, PKCS #8 PEM */
  COUNTERSIGN_TOKEN_KEY: z.string().includes("PRIVATE KEY"),
  COUNTERSIGN_LOG_KEY: z.string().includes("PRIVATE KEY"),
  /** the log's origin (C2SP tlog-checkpoint): a schema-less URL that names it for ever */
  COUNTERSIGN_LOG_ORIGIN: z
    .string()
    .regex(/^[^\s+]+$/)
    .default("countersign.example/ledger"),
  /** `1`: the sign-in page offers the seeded people */
  COUNTERSIGN_DEMO: z.enum(["0", "1"]).default("0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});
export type Env = z.infer<typeof Env>;

let parsed: Env | undefined;

/**
 * `next build` imports every route to read its configuration and has no settings, nor should it: these
 * reach nothing and sign nothing. At run time the phase is another one.
 */
const WHILE_BUILDING = {
  DATABASE_URL: "postgresql://nobody@build.invalid/none",
  NEXTAUTH_SECRET: "no session is ever signed while building",
  COUNTERSIGN_TOKEN_KEY: "no PRIVATE KEY while building",
  COUNTERSIGN_LOG_KEY: "no PRIVATE KEY while building",
};
const building = process.env["NEXT_PHASE"] === "phase-production-build";

/** The settings of this process, parsed once. Throws with the names of what is missing or wrong, never with a value. */
export function env(): Env {
  if (parsed) return parsed;
  const result = Env.safeParse(building ? WHILE_BUILDING : process.env);
  if (!result.success) {
    const names = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`settings missing or wrong: ${names.join("; ")}`);
  }
  parsed = result.data;
  return parsed;
}
