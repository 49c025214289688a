import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

interface PanelProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** True where it is to unfold by itself. */
  readonly isOpen?: boolean;
}

/** A group of controls that can be folded; what is folded costs nothing. */
export function Panel({ title, children, isOpen = false }: PanelProps) {
  const [isShown, show] = useState(isOpen);
  useEffect(() => {
    if (isOpen) show(true);
  }, [isOpen]);
  return (
    <details
      class="panel"
      open={isShown}
      onToggle={({ currentTarget }) => show(currentTarget.open)}
    >
      <summary>{title}</summary>
      {isShown && <div class="panel-body">{children}</div>}
    </details>
  );
}
