package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import software.amazon.awscdk.services.apigatewayv2.CfnApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName.DomainNameConfigurationProperty;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The owner's domain in front of the API, of which the stage is the root. The same resources are
 * for REST and HTTP APIs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html">API
 *     mappings</a>
 */
final class ApiDomain extends Construct {
    /** The API below the domain. */
    final ApiEndpoint endpoint;

    /** The name of the host that a record of the domain leads to. */
    final String target;

    /**
     * @param api what makes the API with its stage
     * @param direct the API below the address that API Gateway gave it
     */
    ApiDomain(
            Construct scope,
            StackSettings settings,
            String domain,
            IConstruct api,
            ApiEndpoint direct) {
        super(scope, "ApiDomain");
        CfnDomainName name =
                CfnDomainName.Builder.create(this, "Name")
                        .domainName(domain)
                        .domainNameConfigurations(
                                List.of(
                                        DomainNameConfigurationProperty.builder()
                                                .certificateArn(
                                                        settings.get(StackOptions.CERTIFICATE_ARN))
                                                .endpointType("REGIONAL")
                                                .securityPolicy("TLS_1_2")
                                                .build()))
                        .build();
        name.overrideLogicalId("ApiDomain");
        CfnApiMapping mapping =
                CfnApiMapping.Builder.create(this, "Mapping")
                        .domainName(name.getRef())
                        .apiId(direct.id())
                        .stage(direct.stage())
                        .build();
        mapping.overrideLogicalId("ApiDomainMapping");
        mapping.getNode().addDependency(api);
        endpoint = direct.at("https://" + domain + "/");
        target = name.getAttrRegionalDomainName();
    }
}
