import { parseStrictJson } from "@/lib/domain/crypto/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { IntentManifest } from "./manifest";

/** Larger documents are refused, in bytes of UTF-8. */
export const MAX_DOCUMENT_BYTES = 262_144;

/** What is wrong and where: `path` is a JSON pointer (RFC 6901), "" for the whole document. */
export type Problem = { readonly path: string; readonly message: string };

export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON pointer (RFC 6901) from keys and positions. */
export function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/**
 * Read what a person typed into the editor: a JSON object of at most 256 KB with no member twice.
 * Never throws; on any problem `document` is null.
 */
export function parseDocumentText(text: string): {
  readonly document: JsonObject | null;
  readonly problems: readonly Problem[];
} {
  const refused = (message: string) => ({ document: null, problems: [{ path: "", message }] });
  if (new TextEncoder().encode(text).length > MAX_DOCUMENT_BYTES) {
    return refused("The document is larger than 256 KB.");
  }
  try {
    const value = parseStrictJson(text);
    if (!isObject(value)) return refused("The document must be a JSON object.");
    // PostgreSQL can't store it, and no text needs it.
    if (hasNul(value)) return refused("The document contains the character NUL.");
    return { document: value, problems: [] };
  } catch (error) {
    if (error instanceof AppError) return refused(error.message);
    throw error;
  }
}

/** Read a document by the whole schema. Never throws; `manifest` is null when there is any problem. */
export function readManifest(document: unknown): {
  readonly manifest: IntentManifest | null;
  readonly problems: readonly Problem[];
} {
  const parsed = IntentManifest.safeParse(document);
  if (parsed.success) return { manifest: parsed.data, problems: [] };
  return {
    manifest: null,
    problems: parsed.error.issues.map((issue) => ({
      path: pointer(issue.path),
      message: sentence(issue.message),
    })),
  };
}

const DAY = 86_400_000;

/**
 * Where a new draft starts: valid as it stands for the schema, modest in authority, and with wording that asks to be
 * replaced. Valid from the start of the next UTC day for six months.
 */
export function templateManifest(input: {
  readonly agentId: string;
  readonly now: Date;
}): IntentManifest {
  const start = Math.ceil(input.now.getTime() / DAY) * DAY;
  return {
    schema: "intent-manifest.v1",
    agentId: input.agentId,
    goal: "Say in one or two sentences what this agent is for.",
    clusters: [
      {
        id: "first-task",
        purpose: "Say what this task is for.",
        rules: [
          {
            actions: ["read"],
            resources: ["document:example/*"],
            impact: "routine",
            confirm: "never",
          },
        ],
      },
    ],
    never: [
      {
        id: "payroll",
        because: "Pay data is outside this agent's purpose.",
        actions: ["*"],
        resources: ["payroll:**"],
      },
    ],
    dataClassCeiling: "internal",
    budgets: { requests: { minute: 60, hour: 600, day: 5000 }, records: { day: 10_000 } },
    hours: {
      timeZone: "Europe/London",
      windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", to: "19:00" }],
    },
    network: [],
    risk: { review: 60, contain: 85 },
    validity: { notBefore: isoSecond(start), notAfter: isoSecond(start + 182 * DAY) },
  };
}

function isoSecond(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** In this order members are written for people; the database keeps none. */
const MEMBERS = [
  ...["schema", "agentId", "goal", "id", "purpose", "because", "clusters", "rules"],
  ...["actions", "resources", "when", "impact", "confirm", "never", "dataClassCeiling"],
  ...["budgets", "requests", "records", "spend", "minute", "hour", "day", "currency"],
  ...["hours", "timeZone", "windows", "days", "from", "to", "network", "risk", "review", "contain"],
  ...["validity", "notBefore", "notAfter"],
];

/** The document as JSON text for the editor, members in the order of the schema and unknown ones last. */
export function documentText(document: unknown): string {
  return JSON.stringify(ordered(document), null, 2);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const known = Object.keys(value).filter((name) => MEMBERS.includes(name));
  const unknown = Object.keys(value).filter((name) => !MEMBERS.includes(name));
  known.sort((a, b) => MEMBERS.indexOf(a) - MEMBERS.indexOf(b));
  return Object.fromEntries([...known, ...unknown].map((name) => [name, ordered(value[name])]));
}

function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000");
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => name.includes("\u0000") || hasNul(member));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sentence(message: string): string {
  return message.startsWith("Unrecognized key")
    ? message.replace("Unrecognized key", "unknown field")
    : message;
}
