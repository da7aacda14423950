"use client";

import { Menu } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { ConsoleNav } from "@/components/identity/console-nav";
import { Wordmark } from "@/components/layout/wordmark";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";

/** The same navigation, behind a button, where there is no room beside the page. */
export function MobileNav(props: Omit<ComponentProps<typeof ConsoleNav>, "onNavigate">) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost" size="icon" className="lg:hidden" aria-label="Open the menu">
          <Menu aria-hidden />
        </Button>
      </DialogTrigger>
      <DialogContent className="top-0 left-0 h-dvh max-h-dvh w-72 max-w-[85vw] translate-x-0 translate-y-0 content-start rounded-none border-y-0 border-l-0 p-3">
        <DialogTitle className="px-2.5 pt-1.5">
          <Wordmark />
        </DialogTitle>
        <DialogDescription className="sr-only">Navigation</DialogDescription>
        <ConsoleNav {...props} onNavigate={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
