import Link from "next/link";
import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

export default function ConsoleNotFound() {
  return (
    <MessagePage
      code="404"
      title="There is nothing at this address"
      actions={
        <Button asChild>
          <Link href="/">Go to Today</Link>
        </Button>
      }
    >
      <p>It may have been mistyped, or it names something that was never here.</p>
    </MessagePage>
  );
}
