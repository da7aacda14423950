import { z } from "zod";

export const ManifestId = z.string().regex(/^mft_[a-z0-9]{8,40}$/, "a manifest's id");
export const AgentId = z.string().regex(/^agt_[a-z0-9]{8,40}$/, "an agent's id");
export const BacktestId = z.string().regex(/^bkt_[a-z0-9]{8,40}$/, "a backtest's id");
export const Revision = z.number().int().positive();
