/** Field of the subject in an NWB file. */
export type SubjectField = "species" | "sex" | "age" | "strain" | "genotype" | "description";

/** Additional metadata of an NWB file: persons, institution and subject. */
export interface NwbMetadata {
  /** Subject, by the field names of NWB. */
  readonly subject?: { readonly subject_id: string } & Partial<Record<SubjectField, string>>;
  readonly experimenters?: readonly string[];
  readonly institution?: string;
}
