import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";
import { env } from "./env";

const shared = globalThis as typeof globalThis & { countersignDb?: PrismaClient };

/** The database. Next's development server loads modules again at each change: one client serves them all. */
export const db: PrismaClient =
  shared.countersignDb ??
  new PrismaClient({ adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: 10 }) });
if (env().NODE_ENV === "development") shared.countersignDb = db;

/**
 * What a verb may touch inside its transaction. The ledger is left out on purpose: a verb returns its
 * events, and lib/server/ledger/transaction.ts writes them. No raw SQL, for the same reason.
 */
export type Tx = Omit<
  Prisma.TransactionClient,
  | "ledgerEntry"
  | "ledgerDetail"
  | "checkpoint"
  | "stateEpoch"
  | "$executeRaw"
  | "$executeRawUnsafe"
  | "$queryRaw"
  | "$queryRawUnsafe"
>;
