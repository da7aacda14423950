import { z } from "zod";
import { IntentManifest } from "./manifest";

const SCHEMA_ID = "urn:countersign:schema:intent-manifest:v1";

type Node = Record<string, unknown>;
type Words = { readonly title: string; readonly description: string };

/** By place in the schema; `[]` = an item of the list. */
const WORDS: Readonly<Record<string, Words>> = {
  schema: { title: "Schema", description: "Always `intent-manifest.v1`." },
  agentId: { title: "Agent", description: "The agent that this manifest is for." },
  goal: {
    title: "Goal",
    description: "What the agent is for, in words that its sponsor would use.",
  },
  clusters: {
    title: "Task clusters",
    description: "One per purpose. What stands in no cluster is not allowed.",
  },
  "clusters[]": {
    title: "Task cluster",
    description: "One purpose with the actions and resources that it needs.",
  },
  "clusters[].id": {
    title: "Id",
    description: "What the agent names in each request, such as `match-invoices`.",
  },
  "clusters[].purpose": { title: "Purpose", description: "Why these actions are needed." },
  "clusters[].rules": {
    title: "Rules",
    description: "Where several match a request, the most permissive one decides.",
  },
  "clusters[].rules[]": {
    title: "Rule",
    description: "Actions on resources that this task needs.",
  },
  "clusters[].rules[].actions": {
    title: "Actions",
    description: "Such as `read` or `post`; `*` is every action.",
  },
  "clusters[].rules[].resources": {
    title: "Resources",
    description: "Patterns `type:id`. `*` stands for any run without `/`, `**` for any run.",
  },
  "clusters[].rules[].when": {
    title: "Condition",
    description:
      "A CEL expression over subject, action, resource and context, such as `context.spend <= 250000`.",
  },
  "clusters[].rules[].impact": {
    title: "Impact",
    description:
      "`routine` changes nothing that matters; `transformative` changes money, records or rights.",
  },
  "clusters[].rules[].confirm": {
    title: "Confirmation",
    description:
      "`never`, `each` time, or once for each `new-target` that was not seen under this manifest before.",
  },
  never: {
    title: "Never",
    description: "What is refused whatever the clusters say. A sponsor can't override it.",
  },
  "never[]": { title: "Never-rule", description: "Always wins." },
  "never[].id": { title: "Id", description: "Shown with every refusal." },
  "never[].because": { title: "Because", description: "The reason, as the sponsor will read it." },
  "never[].actions": { title: "Actions", description: "Such as `delete`; `*` is every action." },
  "never[].resources": { title: "Resources", description: "Patterns `type:id`, as in a rule." },
  "never[].when": {
    title: "Condition",
    description: "A CEL expression. Without it the rule always holds.",
  },
  dataClassCeiling: {
    title: "Data class ceiling",
    description: "The highest class of data that a request may touch.",
  },
  budgets: {
    title: "Budgets",
    description: "What the agent may use per minute, hour and day. What is missing is unlimited.",
  },
  "budgets.requests": { title: "Requests", description: "How many requests are allowed." },
  "budgets.records": { title: "Records", description: "How many records may be touched." },
  "budgets.spend": {
    title: "Spend",
    description: "How much money may be moved or spent, in `currency`; at most two decimals.",
  },
  "budgets.spend.currency": { title: "Currency", description: "ISO 4217 code, such as GBP." },
  hours: { title: "Hours", description: "When the agent may work. Without it: at any time." },
  "hours.timeZone": { title: "Time zone", description: "IANA name, such as Europe/London." },
  "hours.windows": { title: "Windows", description: "The agent may work inside any of them." },
  "hours.windows[].days": { title: "Days", description: "Days of the week in the time zone." },
  "hours.windows[].from": { title: "From", description: "HH:MM, included." },
  "hours.windows[].to": {
    title: "To",
    description: "HH:MM, not included; 24:00 is the end of the day.",
  },
  network: {
    title: "Network boundary",
    description: "host:port that a step may talk to; `*.` stands for any subdomain. Empty: none.",
  },
  telemetry: {
    title: "Telemetry",
    description: "What is kept of the traces that the agent hands in.",
  },
  "telemetry.keepPrompts": {
    title: "Keep prompts",
    description: "Whether prompts, answers and tool arguments are kept. Without it they are not.",
  },
  risk: {
    title: "Risk thresholds",
    description: "Where the agent's risk score (0 to 100) changes what happens.",
  },
  "risk.review": {
    title: "Review from",
    description: "From this score on every request waits for a person.",
  },
  "risk.contain": {
    title: "Contain from",
    description: "From this score on every request is blocked.",
  },
  validity: { title: "Validity", description: "At most 12 months." },
  "validity.notBefore": { title: "From", description: "An instant in UTC." },
  "validity.notAfter": { title: "Until", description: "An instant in UTC." },
};

/**
 * The manifest as JSON Schema 2020-12. It says what JSON Schema can: that ids differ, that times are in order, that a
 * time zone exists and that conditions compile is checked when the manifest is read.
 */
export function intentManifestJsonSchema(): Record<string, unknown> {
  const schema: Node = {
    ...z.toJSONSchema(IntentManifest, {
      io: "input",
      reused: "inline",
      override: ({ jsonSchema }) => {
        // 0.07 / 0.01 is no whole number in floating point: validators would refuse what we accept.
        delete jsonSchema.multipleOf;
      },
    }),
  };
  addWords(schema, "");
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: SCHEMA_ID,
    title: "Intent manifest",
    description:
      "What an agent is for and what it may do. Once its sponsor has approved it, it is the agent's only authority.",
    ...schema,
  };
}

function addWords(node: Node, place: string): void {
  const words = WORDS[place];
  if (words) Object.assign(node, words);
  if (isNode(node["items"])) addWords(node["items"], `${place}[]`);
  if (!isNode(node["properties"])) return;
  for (const [name, child] of Object.entries(node["properties"])) {
    if (isNode(child)) addWords(child, place === "" ? name : `${place}.${name}`);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
