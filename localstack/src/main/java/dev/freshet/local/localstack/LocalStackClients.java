package dev.freshet.local.localstack;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The AWS clients of one LocalStack.
 *
 * @param http HTTP client shared by the three
 */
record LocalStackClients(
        SdkHttpClient http, CloudFormationClient stacks, LambdaClient lambda, S3Client s3)
        implements AutoCloseable {
    /** Account of all resources, which LocalStack derives from the credentials. */
    static final String ACCOUNT = "000000000000";

    /** Region of all resources. */
    static final Region REGION = Region.US_EAST_1;

    /** Key id and secret; LocalStack accepts any. */
    static final String CREDENTIAL = "test";

    /** Maximum number of connections, which is that of functions running at a time. */
    private static final int CONNECTIONS = 64;

    static LocalStackClients of(URI endpoint) {
        SdkHttpClient http =
                Apache5HttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .socketTimeout(LocalStackFunctions.LONGEST)
                        .build();
        return new LocalStackClients(
                http,
                at(endpoint, http, CloudFormationClient.builder()).build(),
                at(endpoint, http, LambdaClient.builder()).build(),
                at(endpoint, http, S3Client.builder()).forcePathStyle(true).build());
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B at(
            URI endpoint, SdkHttpClient http, B builder) {
        return builder.httpClient(http)
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL)));
    }

    @Override
    public void close() {
        stacks.close();
        lambda.close();
        s3.close();
        http.close();
    }
}
