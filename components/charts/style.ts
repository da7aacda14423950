/** What all charts share: colours come from the theme, so that light and dark both read. */
export const AXIS = {
  tick: { fill: "var(--muted-foreground)", fontSize: 11 },
  tickLine: false,
  axisLine: { stroke: "var(--border)" },
} as const;

export const GRID = { stroke: "var(--border)", strokeDasharray: "2 4" } as const;

export const TOOLTIP = {
  isAnimationActive: false,
  contentStyle: {
    background: "var(--popover)",
    color: "var(--popover-foreground)",
    border: "1px solid var(--border)",
    borderRadius: 6,
    fontSize: 12,
    padding: "6px 10px",
  },
  labelStyle: { color: "var(--popover-foreground)", fontWeight: 500 },
  itemStyle: { color: "var(--popover-foreground)", padding: 0 },
} as const;

/** Until the browser has measured the frame. */
export const FIRST_SIZE = { width: 560, height: 224 } as const;
