import { ForbiddenMessage } from "@/components/identity/forbidden-message";

export default function ConsoleForbidden() {
  return <ForbiddenMessage />;
}
