package dev.freshet.bench;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Probe that uses each library in the packaged jar once. {@link FunctionsJarTest} loads it with
 * nothing but the jar on the class path, so that a class missing from the jar is detected by the
 * test instead of in a deployed function.
 */
public final class FunctionsJarProbe implements Callable<List<String>> {
    private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1:1");

    @Override
    public List<String> call() throws IOException {
        var seen = new ArrayList<String>();
        for (Analyzer analyzer :
                List.of(
                        new StandardAnalyzer(),
                        new EnglishAnalyzer(),
                        new PortugueseAnalyzer(),
                        new SpanishAnalyzer(),
                        new FrenchAnalyzer(),
                        new GermanAnalyzer(),
                        new ItalianAnalyzer(),
                        new DutchAnalyzer())) {
            seen.add(analyzer.getClass().getSimpleName() + " " + terms(analyzer));
        }
        seen.add("avro " + avro());
        seen.add(
                "agent "
                        + new ua_parser.Parser()
                                .parse("Mozilla/5.0 (X11; Linux) Firefox/130.0")
                                .userAgent
                                .family);
        seen.add("jwt " + jwt());
        seen.add("log " + LoggerFactory.getILoggerFactory().getClass().getSimpleName());
        seen.add("dynamodb " + refused(FunctionsJarProbe::dynamoDb));
        seen.add("kinesis " + refused(FunctionsJarProbe::kinesis));
        seen.add("s3 " + refused(FunctionsJarProbe::s3));
        seen.add("secrets " + refused(FunctionsJarProbe::secrets));
        return seen;
    }

    private static List<String> terms(Analyzer analyzer) throws IOException {
        var terms = new ArrayList<String>();
        try (analyzer;
                var stream = analyzer.tokenStream("text", "Rivers running, rios correndo")) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return terms;
    }

    private static Object avro() throws IOException {
        Schema schema = SchemaBuilder.record("Word").fields().requiredString("is").endRecord();
        var word = new GenericData.Record(schema);
        word.put("is", "freshet");
        var bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(word);
        return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema)
                .decode(bytes)
                .get("is");
    }

    private static String jwt() {
        Algorithm algorithm = Algorithm.HMAC256("a secret of more than thirty-two characters");
        String token = JWT.create().withSubject("reader").sign(algorithm);
        return JWT.require(algorithm).build().verify(token).getSubject();
    }

    private static void dynamoDb() {
        try (var client = at(DynamoDbClient.builder()).build()) {
            var schema =
                    TableSchema.documentSchemaBuilder()
                            .addIndexPartitionKey(
                                    TableMetadata.primaryIndexName(), "key", AttributeValueType.S)
                            .attributeConverterProviders(
                                    AttributeConverterProvider.defaultProvider())
                            .build();
            var table =
                    DynamoDbEnhancedClient.builder()
                            .dynamoDbClient(client)
                            .build()
                            .table("none", schema);
            table.putItem(
                    EnhancedDocument.builder()
                            .attributeConverterProviders(
                                    AttributeConverterProvider.defaultProvider())
                            .putString("key", "value")
                            .build());
        }
    }

    private static void kinesis() {
        try (var client = at(KinesisClient.builder()).build()) {
            var record =
                    PutRecordsRequestEntry.builder()
                            .partitionKey("key")
                            .data(SdkBytes.fromUtf8String("value"))
                            .build();
            client.putRecords(put -> put.streamName("none").records(List.of(record)));
        }
    }

    private static void s3() {
        try (var client = at(S3Client.builder()).build()) {
            client.putObject(put -> put.bucket("none").key("key"), RequestBody.fromString("value"));
        }
    }

    private static void secrets() {
        try (var client = at(SecretsManagerClient.builder()).build()) {
            client.getSecretValue(get -> get.secretId("none"));
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> B at(B builder) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(NOBODY_LISTENS)
                .overrideConfiguration(how -> how.retryStrategy(RetryMode.STANDARD))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("id", "secret")));
    }

    private static String refused(Runnable call) {
        try {
            call.run();
            return "answered";
        } catch (SdkClientException e) {
            return "refused";
        }
    }
}
