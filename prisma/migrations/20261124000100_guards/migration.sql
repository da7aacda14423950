-- What the schema language can't say: the closed lists, the "at most one" rules, and the guard around the ledger.

-- Closed lists ------------------------------------------------------------------------------------
ALTER TABLE "PersonRole" ADD CONSTRAINT "PersonRole_role" CHECK ("role" IN ('admin', 'sponsor', 'owner', 'compliance', 'auditor'));
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_kind" CHECK ("kind" IN ('assistive', 'embedded'));
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_status" CHECK ("status" IN ('registered', 'production', 'retired'));
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_tier" CHECK ("tier" IN ('low', 'moderate', 'high', 'critical'));
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_containment" CHECK ("containment" IN ('observe', 'throttle', 'confirm-all', 'quarantine', 'stopped'));
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_riskScore" CHECK ("riskScore" BETWEEN 0 AND 100);
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_name" CHECK (length("name") BETWEEN 1 AND 120);
ALTER TABLE "Sponsorship" ADD CONSTRAINT "Sponsorship_kind" CHECK ("kind" IN ('sponsor', 'deputy'));
ALTER TABLE "Sponsorship" ADD CONSTRAINT "Sponsorship_period" CHECK ("toAt" IS NULL OR "toAt" >= "fromAt");
ALTER TABLE "AgentKey" ADD CONSTRAINT "AgentKey_period" CHECK ("notAfter" IS NULL OR "notAfter" > "notBefore");
ALTER TABLE "Containment" ADD CONSTRAINT "Containment_level" CHECK ("level" IN ('observe', 'throttle', 'confirm-all', 'quarantine', 'stopped'));
ALTER TABLE "Containment" ADD CONSTRAINT "Containment_by" CHECK (num_nonnulls("byPerson", "byRule") = 1);
ALTER TABLE "RiskScore" ADD CONSTRAINT "RiskScore_score" CHECK ("score" BETWEEN 0 AND 100);
ALTER TABLE "Manifest" ADD CONSTRAINT "Manifest_state" CHECK ("state" IN ('draft', 'submitted', 'approved', 'superseded', 'returned', 'revoked'));
ALTER TABLE "Manifest" ADD CONSTRAINT "Manifest_digest" CHECK ("state" IN ('draft', 'returned') OR "digest" IS NOT NULL);
ALTER TABLE "Manifest" ADD CONSTRAINT "Manifest_version" CHECK ("version" >= 1);
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_assurance" CHECK ("assurance" IN ('passkey', 'password'));
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_assertion" CHECK ("assurance" <> 'passkey' OR "assertion" IS NOT NULL);
ALTER TABLE "Review" ADD CONSTRAINT "Review_outcome" CHECK ("outcome" IN ('hold', 'block'));
ALTER TABLE "Review" ADD CONSTRAINT "Review_state" CHECK ("state" IN ('open', 'resolved'));
ALTER TABLE "Review" ADD CONSTRAINT "Review_resolution" CHECK (("state" = 'resolved') = ("resolution" IS NOT NULL) AND ("resolution" IS NULL OR "resolution" IN ('uphold', 'override', 'confirm-target', 'amend', 'stop')));
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_used" CHECK (("usedAt" IS NULL) = ("usedSeq" IS NULL));
ALTER TABLE "BudgetUsage" ADD CONSTRAINT "BudgetUsage_period" CHECK ("period" IN ('minute', 'hour', 'day'));
ALTER TABLE "StateEpoch" ADD CONSTRAINT "StateEpoch_one_row" CHECK ("id" = 1);
INSERT INTO "StateEpoch" ("id", "epoch") VALUES (1, 0);

-- At most one -------------------------------------------------------------------------------------
CREATE UNIQUE INDEX "Sponsorship_one_open" ON "Sponsorship" ("agentId", "kind") WHERE "toAt" IS NULL;
CREATE UNIQUE INDEX "Manifest_one_in_force" ON "Manifest" ("agentId") WHERE "state" = 'approved';
CREATE UNIQUE INDEX "Manifest_one_submitted" ON "Manifest" ("agentId") WHERE "state" = 'submitted';
CREATE UNIQUE INDEX "Containment_one_open" ON "Containment" ("agentId") WHERE "liftedAt" IS NULL;
CREATE UNIQUE INDEX "Review_one_open_per_request" ON "Review" ("agentId", "requestDigest") WHERE "state" = 'open';

-- A submitted manifest is immutable: what was signed is what is stored ------------------------------
CREATE FUNCTION manifest_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."digest" IS NOT NULL AND NEW."digest" IS NOT NULL AND
       (NEW."document" IS DISTINCT FROM OLD."document" OR NEW."digest" IS DISTINCT FROM OLD."digest") THEN
        RAISE EXCEPTION 'manifest % is submitted: its document can''t change', OLD."id" USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD."state" IN ('approved', 'superseded', 'revoked') AND NEW."digest" IS NULL THEN
        RAISE EXCEPTION 'manifest % was approved: its digest stays', OLD."id" USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "Manifest_immutable" BEFORE UPDATE ON "Manifest" FOR EACH ROW EXECUTE FUNCTION manifest_is_immutable();

-- The ledger is append-only -------------------------------------------------------------------------
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "LedgerEntry_no_rewrite" BEFORE UPDATE OR DELETE ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER "LedgerEntry_no_truncate" BEFORE TRUNCATE ON "LedgerEntry" FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER "Checkpoint_no_rewrite" BEFORE UPDATE OR DELETE ON "Checkpoint" FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER "Checkpoint_no_truncate" BEFORE TRUNCATE ON "Checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
-- A detail may be destroyed (erasure, by the owner of the table), never altered.
CREATE TRIGGER "LedgerDetail_no_rewrite" BEFORE UPDATE ON "LedgerDetail" FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER "LedgerDetail_no_truncate" BEFORE TRUNCATE ON "LedgerDetail" FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER "Approval_no_rewrite" BEFORE UPDATE OR DELETE ON "Approval" FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();

-- What the application's login may do: it is a member of this role and owns nothing -----------------
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
        CREATE ROLE countersign_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object THEN NULL; -- another database of this cluster made it at this moment
END $$;
GRANT USAGE ON SCHEMA public TO countersign_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO countersign_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO countersign_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO countersign_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO countersign_app;
REVOKE UPDATE, DELETE, TRUNCATE ON "LedgerEntry", "LedgerDetail", "Checkpoint", "Approval" FROM countersign_app;
REVOKE INSERT, DELETE ON "StateEpoch" FROM countersign_app;
DO $$ BEGIN
    IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
        REVOKE ALL ON "_prisma_migrations" FROM countersign_app;
    END IF;
END $$;
-- pg-boss keeps its queues here and makes its own tables.
CREATE SCHEMA IF NOT EXISTS pgboss;
GRANT ALL ON SCHEMA pgboss TO countersign_app;
