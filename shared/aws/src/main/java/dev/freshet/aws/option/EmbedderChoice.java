package dev.freshet.aws.option;

/** What turns the texts and images of items into vectors. */
public enum EmbedderChoice {
    /** MiniLM, which runs within the function of the catalogue. */
    MINILM,
    /** Titan Text Embeddings V2 on Amazon Bedrock. */
    BEDROCK,
    /** Titan Multimodal Embeddings G1 on Amazon Bedrock, which reads images too. */
    MULTIMODAL,
    /** Nothing: items have only the vectors that the site sends with them. */
    NONE
}
