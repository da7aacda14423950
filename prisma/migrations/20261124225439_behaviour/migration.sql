-- What agents did and what came of it: outcomes, traces, the projections that charts and signals read, the last assessment.
-- AlterTable
ALTER TABLE "RiskScore" ADD COLUMN     "rawScore" INTEGER;

-- CreateTable
CREATE TABLE "DecisionOutcome" (
    "seq" BIGINT NOT NULL,
    "agentId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "errorClass" TEXT,
    "records" INTEGER,
    "bytes" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reportSeq" BIGINT NOT NULL,

    CONSTRAINT "DecisionOutcome_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "DecisionStep" (
    "seq" BIGINT NOT NULL,
    "agentId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "manifestId" TEXT,
    "traceId" TEXT,
    "step" INTEGER,
    "cluster" TEXT,
    "action" TEXT,
    "resourceType" TEXT,
    "target" TEXT,
    "dataClass" TEXT,
    "records" INTEGER,
    "spend" DOUBLE PRECISION,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reviewId" TEXT,
    "actionOutcome" TEXT,
    "textDigest" TEXT,
    "reasoningDistance" DOUBLE PRECISION,
    "actDistance" DOUBLE PRECISION,
    "distanceModel" TEXT,

    CONSTRAINT "DecisionStep_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "HourlyOutcome" (
    "agentId" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "outcome" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "records" BIGINT NOT NULL,
    "spend" BIGINT NOT NULL,

    CONSTRAINT "HourlyOutcome_pkey" PRIMARY KEY ("agentId","hour","outcome")
);

-- CreateTable
CREATE TABLE "HourlyMix" (
    "agentId" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "cluster" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "resourceType" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "HourlyMix_pkey" PRIMARY KEY ("agentId","hour","cluster","action","resourceType")
);

-- CreateTable
CREATE TABLE "HourlyTransition" (
    "agentId" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "steps" INTEGER NOT NULL,

    CONSTRAINT "HourlyTransition_pkey" PRIMARY KEY ("agentId","hour","from","to")
);

-- CreateTable
CREATE TABLE "LedgerCursor" (
    "name" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "LedgerCursor_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Assessment" (
    "agentId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,
    "formula" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "rawScore" INTEGER NOT NULL,
    "factors" JSONB NOT NULL,
    "signals" JSONB NOT NULL,

    CONSTRAINT "Assessment_pkey" PRIMARY KEY ("agentId")
);

-- CreateTable
CREATE TABLE "FactorExplanation" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "signal" TEXT NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "FactorExplanation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TraceSpan" (
    "agentId" TEXT NOT NULL,
    "traceId" TEXT NOT NULL,
    "spanId" TEXT NOT NULL,
    "parentSpanId" TEXT,
    "name" TEXT NOT NULL,
    "operation" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "tool" TEXT,
    "status" TEXT NOT NULL,
    "errorType" TEXT,
    "startAt" TIMESTAMPTZ(3) NOT NULL,
    "endAt" TIMESTAMPTZ(3) NOT NULL,
    "inputTokens" INTEGER,
    "outputTokens" INTEGER,
    "messages" JSONB,
    "decisionSeq" BIGINT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "matchedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TraceSpan_pkey" PRIMARY KEY ("agentId","traceId","spanId")
);

-- CreateIndex
CREATE UNIQUE INDEX "DecisionOutcome_reportSeq_key" ON "DecisionOutcome"("reportSeq");

-- CreateIndex
CREATE INDEX "DecisionOutcome_agentId_at_idx" ON "DecisionOutcome"("agentId", "at");

-- CreateIndex
CREATE INDEX "DecisionStep_agentId_seq_idx" ON "DecisionStep"("agentId", "seq");

-- CreateIndex
CREATE INDEX "DecisionStep_agentId_at_idx" ON "DecisionStep"("agentId", "at");

-- CreateIndex
CREATE INDEX "DecisionStep_agentId_traceId_seq_idx" ON "DecisionStep"("agentId", "traceId", "seq");

-- CreateIndex
CREATE INDEX "DecisionStep_textDigest_idx" ON "DecisionStep"("textDigest");

-- CreateIndex
CREATE INDEX "HourlyOutcome_hour_idx" ON "HourlyOutcome"("hour");

-- CreateIndex
CREATE INDEX "FactorExplanation_agentId_until_idx" ON "FactorExplanation"("agentId", "until");

-- CreateIndex
CREATE INDEX "TraceSpan_decisionSeq_idx" ON "TraceSpan"("decisionSeq");

-- CreateIndex
CREATE INDEX "TraceSpan_receivedAt_idx" ON "TraceSpan"("receivedAt");

-- Closed lists of what agents did and what came of it; what waits for the worker.
ALTER TABLE "DecisionOutcome" ADD CONSTRAINT "DecisionOutcome_status" CHECK ("status" IN ('success', 'error', 'ambiguous'));
ALTER TABLE "DecisionStep" ADD CONSTRAINT "DecisionStep_outcome" CHECK ("outcome" IN ('allow', 'hold', 'block', 'deny'));
ALTER TABLE "DecisionStep" ADD CONSTRAINT "DecisionStep_actionOutcome" CHECK ("actionOutcome" IN ('success', 'error', 'ambiguous'));
ALTER TABLE "HourlyOutcome" ADD CONSTRAINT "HourlyOutcome_outcome" CHECK ("outcome" IN ('allow', 'hold', 'block', 'deny'));
ALTER TABLE "RiskScore" ADD CONSTRAINT "RiskScore_raw" CHECK ("rawScore" BETWEEN 0 AND 100);
ALTER TABLE "Assessment" ADD CONSTRAINT "Assessment_score" CHECK ("score" BETWEEN 0 AND 100 AND "rawScore" BETWEEN 0 AND 100);
ALTER TABLE "FactorExplanation" ADD CONSTRAINT "FactorExplanation_level" CHECK ("level" BETWEEN 0 AND 1 AND "until" > "at");
ALTER TABLE "TraceSpan" ADD CONSTRAINT "TraceSpan_status" CHECK ("status" IN ('unset', 'ok', 'error'));

CREATE INDEX "DecisionStep_unread" ON "DecisionStep" ("agentId", "seq") WHERE "textDigest" IS NULL;
CREATE INDEX "TraceSpan_unmatched" ON "TraceSpan" ("receivedAt") WHERE "matchedAt" IS NULL;
