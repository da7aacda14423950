"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { type DateStyle, formatInstant, formatRelative } from "@/lib/format";

const ZoneContext = createContext("UTC");

/** Sets the zone in which every `Time` below is shown: the signed-in person's. */
export function ZoneProvider({
  zone,
  children,
}: {
  readonly zone: string;
  readonly children: ReactNode;
}) {
  return <ZoneContext value={zone}>{children}</ZoneContext>;
}

/**
 * An instant in the reader's zone, with the zone's name. `relative` shows how long ago it is, keeps that current, and
 * has the absolute time in its title.
 */
export function Time({
  iso,
  zone,
  style = "minute",
  relative = false,
  className,
}: {
  readonly iso: string;
  readonly zone?: string;
  readonly style?: DateStyle;
  readonly relative?: boolean;
  readonly className?: string;
}) {
  const readers = use(ZoneContext);
  const absolute = formatInstant(iso, zone ?? readers, style);
  const ago = useRelative(iso, relative);
  return (
    <time
      dateTime={iso}
      title={formatInstant(iso, zone ?? readers, "second")}
      className={className}
      // The server's clock and the browser's differ by a moment.
      suppressHydrationWarning
    >
      {relative ? ago : absolute}
    </time>
  );
}

function useRelative(iso: string, on: boolean): string {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!on) return;
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 15_000);
    return () => clearInterval(timer);
  }, [on]);
  return formatRelative(iso, now);
}
