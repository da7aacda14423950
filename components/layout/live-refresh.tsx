"use client";

import { Pause, Play, Radio } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/utils";

/** Between two refreshes of the page, in milliseconds. */
const GAP_MS = 2000;
const SETTLE_MS = 250;
/** A page that nobody touches must not keep its session alive: it stops refreshing by itself. */
const UNTOUCHED_MS = 10 * 60_000;

type State = "connecting" | "live" | "paused" | "ended";

const WORDS: Readonly<Record<State, string>> = {
  connecting: "Connecting",
  live: "Live",
  paused: "Paused",
  ended: "Not live: reload the page",
};

/**
 * Keeps a page current: when entries of these kinds are appended to the ledger, its data is read again. Pausable;
 * silent while the tab is hidden, so that many open tabs do not use up the browser's connections.
 */
export function LiveRefresh({
  kinds,
  after,
  className,
}: {
  readonly kinds: readonly string[];
  /** the ledger's last position when the page was drawn: what came later is fetched at once */
  readonly after: number;
  readonly className?: string;
}) {
  const router = useRouter();
  const [state, setState] = useState<State>("connecting");
  const [on, setOn] = useState(true);
  const refresh = useRef(() => router.refresh());
  refresh.current = () => router.refresh();
  const seen = useRef(after);
  seen.current = after;
  const wanted = kinds.join(",");

  useEffect(() => {
    if (!on) {
      setState("paused");
      return;
    }
    const address = () =>
      `/api/live?${new URLSearchParams({ kinds: wanted, after: String(seen.current) })}`;
    return listen(address, { onState: setState, onNews: () => refresh.current() });
  }, [on, wanted]);

  const stopped = state === "paused" || state === "ended";
  return (
    <div className={cn("flex items-center gap-1 text-[13px] text-muted-foreground", className)}>
      <Radio className={cn("size-4", state === "live" && "text-allow")} aria-hidden />
      <span role="status">{WORDS[state]}</span>
      {state === "ended" ? null : (
        <Button
          variant="ghost"
          size="icon"
          aria-label={stopped ? "Resume live updates" : "Pause live updates"}
          title={stopped ? "Resume live updates" : "Pause live updates"}
          onClick={() => setOn(!on)}
        >
          {stopped ? <Play aria-hidden /> : <Pause aria-hidden />}
        </Button>
      )}
    </div>
  );
}

type Handlers = { readonly onState: (state: State) => void; readonly onNews: () => void };

/** Listens while the tab is visible. Returns the way to stop. */
function listen(address: () => string, { onState, onNews }: Handlers): () => void {
  let source: EventSource | null = null;
  let touchedAt = Date.now();
  const touch = () => {
    touchedAt = Date.now();
  };
  const news = debounced(() => {
    if (Date.now() - touchedAt < UNTOUCHED_MS) onNews();
  });

  const open = () => {
    onState("connecting");
    source = new EventSource(address());
    source.onopen = () => onState("live");
    source.addEventListener("ledger", news.call);
    source.addEventListener("again", news.call);
    source.addEventListener("ended", () => close("ended"));
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) close("ended");
      else onState("connecting");
    };
  };
  const close = (state: State | null) => {
    source?.close();
    source = null;
    if (state !== null) onState(state);
  };
  const onVisibility = () => {
    if (document.visibilityState === "hidden") return close(null);
    touch();
    if (source === null) open();
  };

  if (document.visibilityState === "visible") open();
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("pointerdown", touch);
  window.addEventListener("keydown", touch);
  return () => {
    close(null);
    news.cancel();
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pointerdown", touch);
    window.removeEventListener("keydown", touch);
  };
}

/** Calls soon, and at most once in GAP_MS. */
function debounced(work: () => void): { readonly call: () => void; readonly cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  return {
    call: () => {
      if (timer !== undefined) return;
      const wait = Math.max(SETTLE_MS, last + GAP_MS - Date.now());
      timer = setTimeout(() => {
        timer = undefined;
        last = Date.now();
        work();
      }, wait);
    },
    cancel: () => clearTimeout(timer),
  };
}
