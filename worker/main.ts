import { PgBoss } from "pg-boss";
import { nextPosition } from "@/lib/server/containment/facts";
import { db } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { log as root } from "@/lib/server/log";
import { watchContainment } from "./containment-watch";
import { JOBS, type Job } from "./jobs";

const STOP_MS = 30_000;
const log = root.child({ process: "worker" });

/** A job that fails is not tried again at once: the next turn comes soon, and a pile of turns would help nobody. */
const QUEUE = {
  policy: "short",
  retryLimit: 0,
  expireInSeconds: 600,
  retentionSeconds: 3600,
  deleteAfterSeconds: 86_400,
} as const;

const boss = new PgBoss({
  connectionString: env().DATABASE_URL,
  application_name: "countersign-worker",
  max: 4,
  // Migrations make the schema; the application's login may not.
  createSchema: false,
});
boss.on("error", (error) => log.error({ err: error }, "queue failed"));

async function perform({ name, run }: Job): Promise<void> {
  const started = performance.now();
  try {
    const result = await run(new Date());
    log.info({ job: name, ms: Math.round(performance.now() - started), result }, "job done");
  } catch (error) {
    log.error({ job: name, err: error }, "job failed");
    throw error;
  }
}

async function start(): Promise<void> {
  await boss.start();
  for (const job of JOBS) {
    await boss.createQueue(job.name, QUEUE);
    await boss.work(job.name, () => perform(job));
    await boss.schedule(job.name, job.cron);
    // What came due while no worker ran is done now.
    await boss.send(job.name);
  }
  stopWatch = watchContainment(await nextPosition());
  log.info({ jobs: JOBS.map(({ name }) => name) }, "worker ready");
}

let stopWatch: () => Promise<void> = async () => undefined;

let stopping = false;

/** Lets running jobs end, then leaves. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await stopWatch();
  await boss.stop({ graceful: true, timeout: STOP_MS }).catch((error: unknown) => {
    log.error({ err: error }, "queue did not stop");
  });
  await db.$disconnect();
  log.info("worker stopped");
  process.exit(code);
}

process.on("SIGTERM", () => void stop(0));
process.on("SIGINT", () => void stop(0));

start().catch((error: unknown) => {
  log.fatal({ err: error }, "worker can't start");
  void stop(1);
});
