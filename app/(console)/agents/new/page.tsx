import type { Metadata } from "next";
import { RegisterForm } from "@/components/agent/register-form";
import { PageHeader } from "@/components/layout/page-header";
import { agentFormOptions } from "@/lib/server/agent/queries";
import { requirePermission } from "@/lib/server/session";
import { registerAgentAction } from "../actions";

export const metadata: Metadata = { title: "Register an agent" };

export default async function NewAgentPage() {
  const ctx = await requirePermission("agent:register");
  const { owners, legalEntities } = await agentFormOptions(ctx);
  return (
    <>
      <PageHeader
        title="Register an agent"
        breadcrumb={[{ label: "Agents", href: "/agents" }, { label: "Register" }]}
      />
      <RegisterForm owners={owners} legalEntities={legalEntities} register={registerAgentAction} />
    </>
  );
}
