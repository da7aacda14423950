import type { BehaviourEvent } from "./event";
import { type Habit, learnHabit, type Now } from "./habit";
import type { Signal } from "./signal";
import { type ClassHabit, classSignal, learnClass } from "./signals/class";
import { type HoursHabit, hoursSignal, learnHours } from "./signals/hours";
import { learnMix, type MixHabit, mixSignal } from "./signals/mix";
import { learnNovelty, type NoveltyHabit, noveltySignal } from "./signals/novelty";
import { learnPivot, type PivotHabit, pivotSignal } from "./signals/pivot";
import { learnReasoning, type ReasoningHabit, reasoningSignal } from "./signals/reasoning";
import { learnRefusals, type RefusalHabit, refusalSignal } from "./signals/refusals";
import { learnSayDo, type SayDoHabit, sayDoSignal } from "./signals/say-do";
import { learnSequence, type SequenceHabit, sequenceSignal } from "./signals/sequence";
import { learnVolume, type VolumeHabit, volumeSignal } from "./signals/volume";

const DAY_MS = 86_400_000;

/** Everything that was learned from a baseline. */
export type Profile = {
  readonly habit: Habit;
  /** requests on a day on which there were any */
  readonly perDay: number;
  readonly refusals: RefusalHabit;
  readonly novelty: NoveltyHabit;
  readonly mix: MixHabit;
  readonly sequence: SequenceHabit;
  readonly volume: VolumeHabit;
  readonly class: ClassHabit;
  readonly hours: HoursHabit;
  readonly reasoning: ReasoningHabit;
  readonly pivot: PivotHabit;
  readonly sayDo: SayDoHabit;
};

/** Learns an agent's habit from its baseline, oldest first. */
export function learn(baseline: readonly BehaviourEvent[]): Profile {
  const habit = learnHabit(baseline);
  const days = new Set(baseline.map(({ at }) => Math.floor(at / DAY_MS))).size;
  return {
    habit,
    perDay: baseline.length / Math.max(1, days),
    refusals: learnRefusals(baseline),
    novelty: learnNovelty(habit, baseline),
    mix: learnMix(habit, baseline),
    sequence: learnSequence(habit, baseline),
    volume: learnVolume(baseline),
    class: learnClass(habit, baseline),
    hours: learnHours(baseline),
    reasoning: learnReasoning(habit, baseline),
    pivot: learnPivot(habit, baseline),
    sayDo: learnSayDo(habit, baseline),
  };
}

/** All ten signals, in the order of SIGNALS. */
export function measure(profile: Profile, now: Now): readonly Signal[] {
  return [
    refusalSignal(profile.refusals, now),
    noveltySignal(profile.novelty, now),
    mixSignal(profile.mix, now),
    sequenceSignal(profile.sequence, now),
    volumeSignal(profile.volume, now),
    classSignal(profile.class, now),
    hoursSignal(profile.hours, now),
    reasoningSignal(profile.reasoning, now),
    pivotSignal(profile.pivot, now),
    sayDoSignal(profile.sayDo, now),
  ];
}
