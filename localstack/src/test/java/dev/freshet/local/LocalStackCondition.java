package dev.freshet.local;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Enables the LocalStack suite where the system property {@value #ENDPOINT} names a LocalStack that
 * runs already, and in the Maven profile {@code localstack}, where a Docker engine answers that has
 * the images or can pull them. Elsewhere the suite is skipped and the result says why. Outside the
 * profile no connection to an engine is attempted.
 *
 * <p>An image that is missing is pulled here, not by Testcontainers, which repeats a pull that
 * fails for minutes and then reports an error. Whether a registry can be reached shows within
 * {@link #FIRST_ANSWER}; a pull that has begun may take {@link #WHOLE_PULL}.
 */
final class LocalStackCondition implements ExecutionCondition {

    /**
     * The image of LocalStack; the system property {@code freshet.localstack.image} replaces it.
     */
    static final DockerImageName LOCALSTACK =
            DockerImageName.parse(
                            System.getProperty(
                                    "freshet.localstack.image", "localstack/localstack:4.14.0"))
                    .asCompatibleSubstituteFor("localstack/localstack");

    /** The image in which LocalStack runs functions of the runtime {@code java25}. */
    private static final DockerImageName LAMBDA =
            DockerImageName.parse("public.ecr.aws/lambda/java:25");

    private static final String IN_PROFILE = "freshet.localstack";
    private static final String ENDPOINT = "localstack.endpoint";
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);
    private static final Duration WHOLE_PULL = Duration.ofMinutes(15);

    /** Returns the address of a LocalStack that runs already, if one is named. */
    static Optional<URI> endpoint() {
        return Optional.ofNullable(System.getProperty(ENDPOINT)).map(URI::create);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return enabled("decided for the class");
        }
        if (endpoint().isPresent()) {
            return enabled("LocalStack runs at " + endpoint().get());
        }
        if (!Boolean.getBoolean(IN_PROFILE)) {
            return disabled("runs with ./mvnw verify -Plocalstack, on a Docker engine");
        }
        DockerClient docker;
        try {
            docker = DockerClientFactory.instance().client();
        } catch (RuntimeException e) {
            return disabled("no Docker engine answers: " + e.getMessage());
        }
        for (DockerImageName image :
                List.of(ImageNameSubstitutor.instance().apply(LOCALSTACK), LAMBDA)) {
            try {
                if (!isPresent(docker, image)) {
                    pull(docker, image);
                }
            } catch (RuntimeException e) {
                return disabled(
                        "the Docker engine can't get the image %s: %s"
                                .formatted(image.asCanonicalNameString(), e.getMessage()));
            }
        }
        return enabled("a Docker engine answers and has the images");
    }

    private static boolean isPresent(DockerClient docker, DockerImageName image) {
        try {
            docker.inspectImageCmd(image.asCanonicalNameString()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static void pull(DockerClient docker, DockerImageName image) {
        try (var pull = new Pull()) {
            docker.pullImageCmd(image.getUnversionedPart())
                    .withTag(image.getVersionPart())
                    .exec(pull);
            if (!pull.begun.await(FIRST_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "no registry answered within %d s".formatted(FIRST_ANSWER.toSeconds()));
            }
            if (!pull.awaitCompletion(WHOLE_PULL.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "not pulled within %d min".formatted(WHOLE_PULL.toMinutes()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A pull that can be awaited until the registry has answered, or has failed to. */
    private static final class Pull extends PullImageResultCallback {
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public void onNext(PullResponseItem progress) {
            super.onNext(progress);
            begun.countDown();
        }

        @Override
        public void close() throws IOException {
            super.close();
            begun.countDown();
        }
    }
}
