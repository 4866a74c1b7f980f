window.labbookSearchIndex={format:1,language:"en",
pages:"2\tfiles.html\tReading files\tPart \"One\"\n3\tmemory.html\tMemory\tPart \"One\"\n1\t世界/页.html\t语言\tPart \"One\"\n1\tcafe.html\tCafé “München”\tPart \"One\"",
sections:"Reading files\t\nErrors\nMemory\t\nUninitialised memory\tuninitialised-memory-1\nThe `for` loop\tthe-loop\n内存安全\t\n\t",
lengths:"12/1-51",
words:"A0xdead_beefAaBllDocateHionHorsBnCdBreBtAbackBeBytesAcaféCllerBontentBrabCèmeAdonAeachBlementBrrorB́téAfileBorAgivesBoesAhandleBoldsBttp_serverAignoreBnitBsBtCsAkindAloopAmayDbe_uninitBissingAnaïveBeedsBoCtD_foundAofBnBpenAread_to_stringEingBustAscriptBecondBlashBtraßeAtheDnBoCoBwiceAunBtf8_errorAwhatColeBordsBrittenAyetAzeroBstsAσίσυφοςAहिन्दीAทยAภาAยAษาAาษBไAไทAするAるAを束A回收A圾回A垃圾A変数A收A数をA有垃A束縛A没有A縛すA言没A语言A드A레드A성A스레A안전A전성A𝔘𝔫𝔦",
spread:"!$!!!!!!!!!!!!!!!!!!!!!#!!!#!!!!#!!!!!!!!!!!!#!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
gaps:"  #    ! ! '####!$$#'$#'! ''!%%!'% %$$!$! !%$$!' #$!%   &' ''! !$ '$$ $$$#$''&&&&&&&&&&&&&&&&&&&&&&&&&&&&'",
counts:"!             !                         !                                                                 ",
texts:"7 e1af5428"};
