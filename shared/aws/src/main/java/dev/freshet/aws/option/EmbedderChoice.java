package dev.freshet.aws.option;

/** What turns the texts of items into vectors. */
public enum EmbedderChoice {
    /** MiniLM, which runs within the function of the catalogue. */
    MINILM,
    /** Titan Text Embeddings V2 on Amazon Bedrock. */
    BEDROCK,
    /** Nothing: items have only the vectors that the site sends with them. */
    NONE
}
