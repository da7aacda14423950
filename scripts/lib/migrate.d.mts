export function migrate(
  connectionString: string,
  folder: string,
  log?: (line: string) => void,
): Promise<string[]>;
