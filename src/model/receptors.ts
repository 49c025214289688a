/** The receptors in use. AMPA and NMDA lie on distal dendrites; GABA-A also near the soma. */
export const receptors = ["ampaDistal", "nmdaDistal", "gabaProximal", "gabaDistal"] as const;

export type Receptor = (typeof receptors)[number];

/** A receptor's number in the arrays of a network and an engine: its place in `receptors`. */
export const receptorNumber: Readonly<Record<Receptor, number>> = {
  ampaDistal: 0,
  nmdaDistal: 1,
  gabaProximal: 2,
  gabaDistal: 3,
};

/** Time constant with which each receptor's deviation decays, ms. */
export const receptorTimeConstantMs: Readonly<Record<Receptor, number>> = {
  ampaDistal: 20,
  nmdaDistal: 300,
  gabaProximal: 10,
  gabaDistal: 20,
};
