/** The fictional bank: its companies and its people. Every name is invented. */
import type { Role } from "@/lib/domain/access/permissions";

export const ENTITIES = [
  { key: "uk", name: "Aldermere Bank plc", country: "GB" },
  { key: "eu", name: "Aldermere Europe SA", country: "LU" },
  { key: "pay", name: "Aldermere Payments Ltd", country: "IE" },
] as const;
export type EntityKey = (typeof ENTITIES)[number]["key"];

export type DemoPerson = {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly timeZone: string;
  /** `full`: every module; `basic`: those of tier low; `lapsing`: full, but one ends within days; `none` */
  readonly training: "full" | "basic" | "lapsing" | "none";
};

export const PEOPLE = [
  {
    key: "nina",
    name: "Nina Petrova",
    title: "Platform administrator",
    roles: ["admin"],
    timeZone: "Europe/London",
    training: "none",
  },
  {
    key: "priya",
    name: "Priya Raman",
    title: "Head of Trade Finance Operations",
    roles: ["sponsor"],
    timeZone: "Europe/London",
    training: "full",
  },
  {
    key: "tom",
    name: "Tom Okafor",
    title: "Head of Payments Operations",
    roles: ["sponsor"],
    timeZone: "Europe/Dublin",
    training: "full",
  },
  {
    key: "helen",
    name: "Helen Marsh",
    title: "Head of Financial Crime Operations",
    roles: ["sponsor"],
    timeZone: "Europe/London",
    training: "full",
  },
  {
    key: "daniel",
    name: "Daniel Brandt",
    title: "Head of Customer Service",
    roles: ["sponsor"],
    timeZone: "Europe/Luxembourg",
    training: "lapsing",
  },
  {
    key: "sofia",
    name: "Sofia Lindqvist",
    title: "Head of Cloud Platform",
    roles: ["sponsor", "owner"],
    timeZone: "Europe/Stockholm",
    training: "full",
  },
  {
    key: "ben",
    name: "Ben Carter",
    title: "Complaints Manager, new sponsor",
    roles: ["sponsor"],
    timeZone: "Europe/London",
    training: "none",
  },
  {
    key: "marcus",
    name: "Marcus Webb",
    title: "Lead engineer, operations agents",
    roles: ["owner"],
    timeZone: "Europe/London",
    training: "none",
  },
  {
    key: "aisha",
    name: "Aisha Khan",
    title: "Machine-learning engineer",
    roles: ["owner"],
    timeZone: "Europe/London",
    training: "none",
  },
  {
    key: "grace",
    name: "Grace Turner",
    title: "Compliance officer",
    roles: ["compliance"],
    timeZone: "Europe/London",
    training: "basic",
  },
  {
    key: "oliver",
    name: "Oliver Hughes",
    title: "Internal auditor",
    roles: ["auditor"],
    timeZone: "Europe/London",
    training: "none",
  },
] as const satisfies readonly DemoPerson[];
export type PersonKey = (typeof PEOPLE)[number]["key"];

export const emailOf = (name: string): string =>
  `${name.toLowerCase().replaceAll(" ", ".")}@aldermere.example`;
