export function ensurePostgres(options: {
  home: string;
  log?: (line: string) => void;
  flags?: string[];
}): Promise<{ url: (database: string) => string; stop: () => Promise<void> }>;
