import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlert, CircleCheck, Info, OctagonX, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/utils";

const alertVariants = cva(
  "grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 rounded-lg border px-3.5 py-3 text-sm [&>svg]:mt-0.5 [&>svg]:size-4",
  {
    variants: {
      tone: {
        neutral: "bg-card text-foreground",
        info: "border-info/30 bg-info-soft text-foreground [&>svg]:text-info",
        allow: "border-allow/30 bg-allow-soft text-foreground [&>svg]:text-allow",
        hold: "border-hold/35 bg-hold-soft text-foreground [&>svg]:text-hold",
        block: "border-block/30 bg-block-soft text-foreground [&>svg]:text-block",
        deny: "border-deny/30 bg-deny-soft text-foreground [&>svg]:text-deny",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

const ICONS = {
  neutral: Info,
  info: Info,
  allow: CircleCheck,
  hold: TriangleAlert,
  block: CircleAlert,
  deny: OctagonX,
};

/** A note on the page. Give `role="alert"` or `role="status"` only where it appears after the page has loaded. */
export function Alert({
  className,
  tone,
  children,
  ...props
}: ComponentProps<"div"> & VariantProps<typeof alertVariants>) {
  const Icon = ICONS[tone ?? "neutral"];
  return (
    <div className={cn(alertVariants({ tone }), className)} {...props}>
      <Icon aria-hidden />
      <div className="grid min-w-0 gap-1">{children}</div>
    </div>
  );
}

export function AlertTitle({ className, ...props }: ComponentProps<"p">) {
  return <p className={cn("font-medium", className)} {...props} />;
}

export function AlertDescription({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("text-[13px] leading-relaxed", className)} {...props} />;
}
