package dev.freshet.aws.option;

import java.util.Map;
import java.util.Optional;

/** The values of options, as the owner of a stack gave them or by default. */
public interface OptionValues {
    /**
     * Returns the value of an option: the given one, else the default; empty if the option has
     * neither.
     */
    <T> Optional<T> find(StackOption<T> option);

    /**
     * Returns the value of an option that is given or has a default.
     *
     * @throws IllegalStateException if the option has neither
     */
    <T> T get(StackOption<T> option);

    /**
     * Returns the text of an option that is given or has a default.
     *
     * @throws IllegalStateException if the option has neither
     */
    String text(StackOption<?> option);

    /**
     * Returns the dimensions of the metrics that the functions of the stack write. The name of the
     * stack is one, so that two stacks of a region never share a reading.
     *
     * @throws IllegalStateException as {@link #text} does
     */
    default Map<String, String> metricDimensions() {
        return Map.of(
                "Stack", text(StackOptions.STACK_NAME),
                "Stage", text(StackOptions.STAGE),
                "ModelId", text(StackOptions.MODEL_ID));
    }

    /** The purpose of a stack, which decides how its state is protected by default. */
    enum Stage {
        /** A stack for trying things: no state outlives it, and none is protected. */
        DEV,
        /** A stack that serves users: its state is protected and outlives it. */
        PROD
    }

    /** How long the streams keep their records. */
    enum StreamRetention {
        /** A day, lengthened to a week while records wait. */
        DAY,
        /** Always a week. */
        WEEK
    }

    /** What receives the requests of a site. */
    enum EntranceChoice {
        /** An API Gateway REST API: usage plans for each key, validation of envelopes, WAF. */
        REST,
        /**
         * An API Gateway HTTP API: the same routes and credentials for less than a third of the
         * price.
         */
        HTTP
    }

    /** Whether the data of a stack lie under a KMS key of its own. */
    enum OwnKey {
        TRUE,
        /** All lies under keys of AWS. */
        FALSE,
        /** What is written lies under keys of AWS, and what lies under the key can be read. */
        RETIRED
    }

    /** How requests come to the new code of a deployment. */
    enum DeploymentChoice {
        /** All at once. */
        ONCE,
        /** A tenth first, while alarms are watched. */
        CANARY
    }

    /** How often batch jobs run over the lake. */
    enum BatchRuns {
        /** On Mondays. */
        WEEKLY,
        DAILY
    }

    /** What turns the texts and images of items into vectors. */
    enum EmbedderChoice {
        /** MiniLM, which runs within the function of the catalogue. */
        MINILM,
        /** Titan Text Embeddings V2 on Amazon Bedrock. */
        BEDROCK,
        /** Titan Multimodal Embeddings G1 on Amazon Bedrock, which reads images too. */
        MULTIMODAL,
        /** Nothing: items have only the vectors that the site sends with them. */
        NONE
    }

    /** What reads the streams. */
    enum ConsumerChoice {
        /** The Lambda functions, which cost nothing while there are no records. */
        FUNCTIONS,
        /** The worker on Fargate, which always runs and costs less under steady load. */
        WORKER
    }

    /** Which alarms a stack has. */
    enum AlarmChoice {
        /**
         * One alarm for each way in which users or the owner would lose something: records that
         * wait or are given up, requests that fail, credentials that are tried.
         */
        ESSENTIAL,
        /** Also an alarm for each function and store, which says sooner where the cause is. */
        ALL
    }

    /** A variable of the environment of functions, worker and commands. */
    interface EnvironmentVariable {
        /** Returns the name of the variable, such as {@code FRESHET_MODEL_ID}. */
        String variable();

        /** Returns a sentence that says what the variable holds. */
        String meaning();
    }
}
