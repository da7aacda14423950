import { combine, eachSignal, type Values, weightsOf } from "@/lib/domain/behaviour/score";
import { SIGNALS, type SignalName } from "@/lib/domain/behaviour/signal";
import {
  ALARM,
  dayMaxima,
  delay,
  falseAlarms,
  medianOf,
  quietMonths,
  rocAuc,
  type Series,
  thresholdFor,
} from "./metrics";
import { type Run, WIDTH } from "./replay";

/** One way of raising an alarm: the score, a signal by itself, or the score without a signal. */
export type Alarm = {
  readonly name: string;
  readonly threshold: number;
  readonly seriesOf: (run: Run) => Series;
};

type Cached = (run: Run) => Series;
function cached(make: (run: Run) => Series): Cached {
  const known = new Map<Run, Series>();
  return (run) => {
    const series = known.get(run) ?? make(run);
    known.set(run, series);
    return series;
  };
}

function scoreSeries(weights: Values): Cached {
  return cached((run) =>
    Float32Array.from(run.days, (_, i) => {
      const values = eachSignal((signal) => run.held[i * WIDTH + SIGNALS.indexOf(signal)] ?? 0);
      return combine(values, weights).score;
    }),
  );
}

const WEIGHTS = weightsOf("moderate");

export const scoreAlarm = (): Alarm => ({
  name: "score",
  threshold: ALARM,
  seriesOf: scoreSeries(WEIGHTS),
});

/**
 * The score as a person sees it who explained the first alarm: each signal up to the level that it had then, for two weeks.
 */
const explainedOnce = (): Alarm => {
  const score = scoreSeries(WEIGHTS);
  return {
    name: "explained once",
    threshold: ALARM,
    seriesOf: cached((run) => {
      const raw = score(run);
      const first = Array.from(raw).findIndex((value) => value >= ALARM);
      const end = (run.days[first] ?? 0) + EXPLAINED_DAYS;
      return Float32Array.from(run.days, (day, i) => {
        if (first === -1 || i <= first || day > end) return raw[i] ?? 0;
        const left = eachSignal((signal) => {
          const at = SIGNALS.indexOf(signal);
          return Math.max(0, (run.held[i * WIDTH + at] ?? 0) - (run.held[first * WIDTH + at] ?? 0));
        });
        return combine(left, WEIGHTS).score;
      });
    }),
  };
};
const EXPLAINED_DAYS = 14;

export const withoutSignal = (signal: SignalName): Alarm => ({
  name: `without ${signal}`,
  threshold: ALARM,
  seriesOf: scoreSeries(eachSignal((one) => (one === signal ? 0 : WEIGHTS[one]))),
});

/** A signal by itself, at the threshold that gives one false alarm per agent-month on `tuning`. */
export function signalAlarm(signal: SignalName, tuning: readonly Run[]): Alarm {
  const at = SIGNALS.indexOf(signal);
  const seriesOf = cached((run) =>
    Float32Array.from(run.days, (_, i) => run.measured[i * WIDTH + at] ?? 0),
  );
  return { name: signal, threshold: thresholdFor(tuning, seriesOf), seriesOf };
}

export type Table = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export function inMarkdown({ head, rows }: Table): string {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const fixed = (value: number | null, digits: number) =>
  value === null || Number.isNaN(value) ? "–" : value.toFixed(digits);
const requests = (value: number) => (Number.isFinite(value) ? String(Math.round(value)) : "never");

const behavioursIn = (runs: readonly Run[], attack: boolean) => [
  ...new Set(runs.filter(({ onset }) => (onset !== null) === attack).map((run) => run.behaviour)),
];

/**
 * AUC by kind of attack, precision and delay of each alarm. Negatives are the quiet days of every agent but those whose
 * workload was changed by intent: they are shown by themselves.
 */
export function alarmTable(alarms: readonly Alarm[], runs: readonly Run[]): Table {
  const attacks = behavioursIn(runs, true);
  const quiet = runs.filter(({ behaviour }) => behaviour !== "benign change");
  return {
    head: [
      "",
      ...attacks.map((behaviour) => `AUC ${behaviour}`),
      "precision",
      "found",
      ...attacks.map((behaviour) => `delay ${behaviour}`),
    ],
    rows: alarms.map((alarm) => {
      const negatives = quiet.flatMap((run) => dayMaxima(run, alarm.seriesOf(run)).negatives);
      const of = (behaviour: string) => runs.filter((run) => run.behaviour === behaviour);
      const found = runs.filter((run) => Number.isFinite(delayOf(alarm, run)));
      const wrong = sum(quiet, (run) => falseAlarms(run, alarm.seriesOf(run), alarm.threshold));
      const attacked = runs.filter(({ onset }) => onset !== null).length;
      return [
        alarm.name,
        ...attacks.map((behaviour) => {
          const days = of(behaviour).flatMap(
            (run) => dayMaxima(run, alarm.seriesOf(run)).positives,
          );
          return fixed(rocAuc(days, negatives), 3);
        }),
        fixed(found.length / (found.length + wrong), 2),
        `${found.length}/${attacked}`,
        ...attacks.map((behaviour) =>
          requests(
            medianOf(
              of(behaviour)
                .filter(hasOnset)
                .map((run) => delayOf(alarm, run)),
            ),
          ),
        ),
      ];
    }),
  };
}

const hasOnset = ({ onset }: Run) => onset !== null;
const delayOf = (alarm: Alarm, run: Run) => delay(run, alarm.seriesOf(run), alarm.threshold);
const sum = (runs: readonly Run[], of: (run: Run) => number) =>
  runs.reduce((total, run) => total + of(run), 0);

/** How often each kind of agent was suspected without cause. */
export function falseAlarmTable(score: Alarm, runs: readonly Run[]): Table {
  const changed = runs.filter(({ behaviour }) => behaviour === "benign change");
  const rows = [
    ...behavioursIn(runs, false).map((behaviour) => ({
      name: behaviour,
      own: runs.filter((run) => run.behaviour === behaviour),
      alarm: score,
    })),
    { name: "benign change, explained once", own: changed, alarm: explainedOnce() },
    { name: "before an attack", own: runs.filter(hasOnset), alarm: score },
  ].filter(({ own }) => own.length > 0);
  return {
    head: ["agents", "agent-months", "false alarms", "per agent-month", "without any"],
    rows: rows.map(({ name, own, alarm }) => {
      const months = sum(own, quietMonths);
      const count = (run: Run) => falseAlarms(run, alarm.seriesOf(run), alarm.threshold);
      return [
        name,
        fixed(months, 1),
        String(sum(own, count)),
        fixed(sum(own, count) / months, 2),
        `${own.filter((run) => count(run) === 0).length}/${own.length}`,
      ];
    }),
  };
}

/** How soon each kind of attack was seen. */
export function delayTable(alarm: Alarm, runs: readonly Run[]): Table {
  return {
    head: ["attack", "found", "median delay", "nine in ten within"],
    rows: behavioursIn(runs, true).map((behaviour) => {
      const delays = runs
        .filter((run) => run.behaviour === behaviour && hasOnset(run))
        .map((run) => delayOf(alarm, run))
        .sort((a, b) => a - b);
      const ninth = delays[Math.ceil(delays.length * 0.9) - 1] ?? Number.POSITIVE_INFINITY;
      return [
        behaviour,
        `${delays.filter(Number.isFinite).length}/${delays.length}`,
        requests(medianOf(delays)),
        requests(ninth),
      ];
    }),
  };
}
